import type { Statement } from '../../../db/store.ts';

/**
 * What rides along in an operation's one batch: `alongside` is told what the operation will answer and with
 * which HTTP status, and returns the statements that keep it. An operation that tries its batch again asks again.
 */
export interface Alongside<Answer> {
  alongside?: (answer: Answer, status: number) => Statement[];
}
