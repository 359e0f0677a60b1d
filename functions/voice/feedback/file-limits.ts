/** How many files somebody may send at once, and how large each may be. */
export const FILES_MAX = 5;
export const FILE_BYTES_MAX = 5 * 1024 * 1024;

/** A file as somebody sends it; the name is theirs. */
export interface SentFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}
