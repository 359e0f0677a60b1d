/** The order of two amounts, numbers or texts, these by UTF-16 as JavaScript sorts. */
export function compare<Value extends bigint | number | string>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As the database sorts: by the bytes of UTF-8. */
export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
