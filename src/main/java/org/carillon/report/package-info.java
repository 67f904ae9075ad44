/** Read models only: lists, feeds and figures by SQL over any table, every query within a scope. Never writes, never decides. */
package org.carillon.report;
