import type { Context } from '../../ground/platform/context.ts';

/** What rules may be for, beside everybody and the club. */
export interface AskedAudience {
  id: string;
  /** In the words of the business; null where it has none. */
  name: string | null;
  /** What is asked to know who is in it, by way of others, too. */
  fields: readonly string[];
}

export type AudiencesOf = (ctx: Pick<Context, 'db'>) => Promise<readonly AskedAudience[]>;

/** What of a room uses a segment now, in words; null for nothing. */
export type AudienceUseOf = (ctx: Pick<Context, 'db' | 'now'>, segmentId: string) => Promise<string | null>;

declare module '../../ground/room.ts' {
  interface Room {
    /** What rules of the programme may be for. */
    audiences?: AudiencesOf;
    /** What of it keeps a segment from being removed. */
    audienceUse?: AudienceUseOf;
  }
  interface House {
    audiences: readonly AudiencesOf[];
    audienceUses: readonly AudienceUseOf[];
  }
}
