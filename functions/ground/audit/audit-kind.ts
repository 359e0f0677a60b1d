/**
 * The acts that may stand in the audit log. Rooms add theirs as `subject.done`, several words joined by `-`; the
 * spelling of a stored one stays.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the rooms fill it
export interface AuditKinds {}

export type AuditKind = keyof AuditKinds & string;
