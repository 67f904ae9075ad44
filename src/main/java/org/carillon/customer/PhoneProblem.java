package org.carillon.customer;

/** Why a number takes no SMS. All but the last are read off the number or told; the last is the provider's word, given twice. */
public enum PhoneProblem { INVALID, AMBIGUOUS, EXTENSION, FIXED_LINE, TOLL_FREE, PREMIUM, COUNTRY_NOT_ALLOWED, NOT_MOBILE, NUMBER_UNUSABLE }
