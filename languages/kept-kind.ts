/** What is kept of a customer, by what it is to them; each room that keeps any says which. */
export const keptKinds = [
  'who',
  'signing',
  'orders',
  'rewards',
  'mail',
  'told',
  'contacts',
  'club',
  'friends',
  'insight',
  'imports',
  'looks',
] as const;

export type KeptKind = (typeof keptKinds)[number];

/** A kind as people read of it. */
export interface KeptKindWords {
  title: string;
  what: string;
  why: string;
  /** Who of the business sees it. */
  who: string;
  /** For how long, beside what the business has set. */
  long: string;
}

/** What all kinds are called, and what stands around them in the file that a customer takes home. */
export interface KeptWords extends Record<KeptKind, KeptKindWords> {
  file: {
    /** `{business}` */
    title: string;
    /** `{date}` */
    madeAt: string;
    lead: string;
    /** `{rows}` */
    rows: string;
    files: string;
    nothing: string;
  };
}
