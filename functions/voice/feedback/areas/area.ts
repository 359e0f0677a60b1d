/** Where trouble comes from, counted over a stretch of time: what the pieces of one area have in common. */
export interface Area {
  /** The process, the product or the place by its name, the person by id; null of those that name none. */
  key: string | null;
  name: string | null;
  /** Pieces of feedback, of any kind. */
  told: number;
  /** Problems, complaints and answers of surveys that somebody has to handle. */
  troubles: number;
  /** The same in the stretch before, which is as long. */
  troublesBefore: number;
  praise: number;
  /** Different customers who are known; who stayed unnamed counts as nobody. */
  people: number;
  /** Cases that are not over. */
  open: number;
  /** Of processes: troubles whose cause is convenient for the business, not for customers. */
  forUs: number;
  /** Of places: stars of those who gave some, and how many were answered. */
  rated: number;
  ratingMean: number | null;
  answered: number;
}

export const areaKinds = ['process', 'person', 'product', 'place'] as const;
export type AreaKind = (typeof areaKinds)[number];

/** The most trouble first, then the most told; those that name none last. */
export function inOrder(areas: readonly Area[]): Area[] {
  return areas.toSorted(
    (left, right) =>
      Number(left.key === null) - Number(right.key === null) ||
      right.troubles - left.troubles ||
      right.told - left.told ||
      ((left.name ?? '') < (right.name ?? '') ? -1 : 1),
  );
}
