import type { Letter, LinkParts, Mentions, Template } from '../../ground/outbox/letter-kind.ts';
import type { WithheldReason } from '../../ground/outbox/withhold.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { ManagerCard } from '../managers/find-card.ts';

/** A mail whose words its room looks up when its turn comes. */
export interface ContentAsked {
  template: string;
  /** One of its params that is a text; null when it has none of that name. */
  param: (name: string) => string | null;
  customerId: string | null;
  /** The words of its kind: what stays where the room says nothing else. */
  letter: Letter;
  mentions: Mentions;
  parts: LinkParts;
}

export interface MailContent {
  letter: Letter;
  /** Where its web page is; a whole address. */
  link: string;
  /** What the link to its web page is called at the foot; null where the button leads there. */
  web: string | null;
  /** Who of the team signs it; null for the business alone. */
  card: ManagerCard | null;
  /** Whom it greets, where that is not who gets it. */
  greeted?: { name: string | null; isFormal: boolean };
}

/** Kinds of mail whose words are not in their params, such as campaigns. */
export interface ContentOf {
  templates: readonly Template[];
  /** What one says; null where that is not there any more. */
  write: (ctx: Context, asked: ContentAsked) => Promise<MailContent | null>;
  /** Why it is let be after all, beside what its reader wants. */
  withheld: (
    ctx: Context,
    asked: { id: string; customerId: string; param: (name: string) => string | null },
  ) => Promise<WithheldReason | null>;
}

declare module '../../ground/room.ts' {
  interface Room {
    mailContent?: ContentOf;
  }
  interface House {
    mailContents: readonly ContentOf[];
  }
}

/** Who looks up the words of mails of a name; null where the params hold all. */
export function contentOf({ house }: Pick<Context, 'house'>, template: string): ContentOf | null {
  return house.mailContents.find(({ templates }) => templates.some((name) => name === template)) ?? null;
}
