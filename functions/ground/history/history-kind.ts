/** What may stand in the history of an account. Rooms add their kinds, in words joined by `_`; a stored one stays. */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface HistoryKinds {}

export type HistoryKind = keyof HistoryKinds & string;
