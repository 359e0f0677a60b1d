/** Rows of a numbered page. */
export const ROWS_A_PAGE = 20;

/** At least one page, if only to say that it is empty. */
export function pageCount(total: number): number {
  return Math.max(1, Math.ceil(total / ROWS_A_PAGE));
}
