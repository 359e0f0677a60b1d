import type { Context } from '../../ground/platform/context.ts';

/** Something that asks by an own field, and the values that it names. */
export interface OwnFieldUse {
  segmentId: string;
  values: readonly string[];
}

export type OwnFieldUsesOf = (ctx: Pick<Context, 'db'>, key: string) => Promise<readonly OwnFieldUse[]>;

declare module '../../ground/room.ts' {
  interface Room {
    /** What of it asks by own fields, which stay as long as anything does. */
    ownFieldUses?: OwnFieldUsesOf;
  }
  interface House {
    ownFieldUses: readonly OwnFieldUsesOf[];
  }
}
