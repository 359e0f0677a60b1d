/** What the receiver of a file is told about it. */
export interface FileHead {
  mediaType: string;
  fileName: string;
}
