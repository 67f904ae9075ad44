package org.carillon.customer;

/** Why a number takes no SMS. */
public enum PhoneProblem { INVALID, AMBIGUOUS, EXTENSION, FIXED_LINE, TOLL_FREE, PREMIUM, COUNTRY_NOT_ALLOWED, NOT_MOBILE }
