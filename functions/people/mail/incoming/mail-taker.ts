import type { Context } from '../../../ground/platform/context.ts';

/** A file that came with a mail; the name is its sender's. */
export interface MailedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A file that did not come along, and why: too large, more than are taken, of a kind that is not kept, or nothing keeps files. */
export interface LeftOutFile {
  name: string;
  why: 'size' | 'number' | 'kind' | 'store';
}

/** A mail that somebody wrote to the business. */
export interface IncomingMail {
  /** The provider's, and the same however often it is told of. */
  id: string;
  at: number;
  address: string;
  /** Whose address it is; null for nobody who is known. */
  customerId: string | null;
  subject: string | null;
  text: string;
  /** The words of earlier mails below it. */
  quoted: string | null;
  files: readonly MailedFile[];
  /** Those of its files that are left with the provider. */
  leftOut: readonly LeftOutFile[];
  /** The mail of ours that it answers, where it proves that it does. */
  answers: { template: string; params: string; customerId: string | null } | null;
}

/** What a room makes of a mail; null for what is not its own. Taking one twice makes the same of it. */
export type MailTaker = (
  ctx: Context,
  mail: IncomingMail,
) => Promise<{ kind: 'feedback' | 'contact'; id: string } | null>;

declare module '../../../ground/room.ts' {
  interface Room {
    mailTaker?: MailTaker;
  }
  interface House {
    /** The first that makes something of a mail has it. */
    mailTakers: readonly MailTaker[];
  }
}
