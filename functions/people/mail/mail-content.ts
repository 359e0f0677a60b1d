import type { Languages } from '../../ground/identity/languages.ts';
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
  /** The words of its kind, and where its button leads: what stays where the room says nothing else. */
  letter: Letter;
  link: string;
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
  /** Where the button of the copy leads that the portal keeps, when a link of the mail is for mailboxes alone. */
  keptLink?: string;
  /** Whom it greets, where that is not who gets it. */
  greeted?: { name: string | null; isFormal: boolean };
}

/** Kinds of mail in which their room has a word when their turn comes: what they say, as of campaigns, or whether they go at all. */
export interface ContentOf {
  templates: readonly Template[];
  /** What one says, where its params do not hold it; null where that is not there any more. */
  write?: (ctx: Context, asked: ContentAsked) => Promise<MailContent | null>;
  /** The languages in which one is written, so that all around it is said in the same; null where it is not there any more. */
  speaks?: (ctx: Context, param: (name: string) => string | null) => Promise<readonly string[] | null>;
  /** Why it is let be after all, beside what its reader wants. */
  withheld: (
    ctx: Context,
    asked: { id: string; template: string; customerId: string; param: (name: string) => string | null },
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

/** Of the languages of a business, those in which a mail is written; all, where it is written in none of them or in each. */
export async function spokenLanguages(
  ctx: Context,
  { template, param }: { template: string; param: (name: string) => string | null },
  languages: Languages,
): Promise<Languages> {
  const spoken = await contentOf(ctx, template)?.speaks?.(ctx, param);
  const [first, ...others] = languages.filter((language) => spoken?.includes(language) === true);
  return first === undefined ? languages : [first, ...others];
}

/** Who looks up the words of mails of a name; null where the params hold all. */
export function contentOf({ house }: Pick<Context, 'house'>, template: string): ContentOf | null {
  return house.mailContents.find(({ templates }) => templates.some((name) => name === template)) ?? null;
}
