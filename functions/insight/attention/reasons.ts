import { z } from 'zod';

const days = z.int();
const day = z.string();
/** Minor units as text: JSON has no whole numbers of that size. */
const minor = z.string();

/** Why an account stands on a list, as codes with values; the words are the page's. */
const reasonShape = z.discriminatedUnion('code', [
  z.object({ code: z.literal('own_interval'), medianDays: z.number(), lastOn: day, nextOn: day }),
  z.object({ code: z.literal('next_expected'), days, alivePercent: z.int() }),
  z.object({ code: z.literal('silent_beyond'), silentDays: days, usualDays: days }),
  z.object({ code: z.literal('silent_times'), silentDays: days, medianDays: z.number() }),
  z.object({ code: z.literal('silent_long'), silentDays: days }),
  z.object({ code: z.literal('alive_below'), alivePercent: z.int() }),
  z.object({ code: z.literal('value_above'), valueMinor: minor, medianMinor: minor }),
  z.object({ code: z.literal('recommended'), on: day }),
  z.object({ code: z.literal('quoted'), on: day }),
  z.object({ code: z.literal('friend_ordered'), on: day }),
  z.object({ code: z.literal('praised'), on: day }),
  z.object({ code: z.literal('spend_fell'), minor, usualMinor: minor }),
  z.object({ code: z.literal('spend_rose'), minor, usualMinor: minor }),
  z.object({ code: z.literal('days_fell'), days, usualDays: z.number() }),
  z.object({ code: z.literal('days_rose'), days, usualDays: z.number() }),
  z.object({ code: z.literal('score_fell'), score: z.int(), usualScore: z.number() }),
  z.object({ code: z.literal('department_silent'), silentDays: days, meanDays: days }),
  z.object({ code: z.literal('company_buys'), lastOn: day }),
]);
export type AttentionReason = z.infer<typeof reasonShape>;

const reasonsShape = z.array(reasonShape);

export const readReasons = (kept: string): AttentionReason[] => reasonsShape.parse(JSON.parse(kept));
