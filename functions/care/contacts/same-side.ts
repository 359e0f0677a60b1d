/**
 * SQL of whether two contacts, by their aliases, were with the same person. A household has one number: it and an address tell only
 * where one of the two is of nobody known.
 */
export const sameSide = (one: string, other: string): string =>
  `(${one}.customer_id = ${other}.customer_id OR ((${one}.customer_id IS NULL OR ${other}.customer_id IS NULL)
    AND (${one}.number = ${other}.number OR ${one}.address = ${other}.address)))`;
