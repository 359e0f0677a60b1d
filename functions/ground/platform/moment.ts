/** A moment as it was told: `day` when only a calendar date is known, else `at`. */
export type Moment = { at: number; day: string | null };
