/**
 * Every page says in this header whose it is, for the service worker, which holds what it keeps to that: a mark of the customer
 * who is signed in (`readerMark`), or `NOBODY`. A form that is sent later than it was written says by it who wrote it.
 */
export const READER_HEADER = 'Regulars-Reader';
export const NOBODY = 'none';
