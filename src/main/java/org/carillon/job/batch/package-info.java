/** Jobs that are too long for a page or a transaction, as Jakarta Batch jobs. */
package org.carillon.job.batch;
