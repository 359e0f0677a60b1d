import { z } from 'zod';
import type { generalPreferences } from '../../../db/schema/index.ts';
import { addressForms } from '../../ground/identity/address-form.ts';
import { channels, choosableTopics } from '../../ground/outbox/topics.ts';
import { day, freeText } from '../../ground/platform/input.ts';

export const formats = ['full', 'plain'] as const;

/** How much unasked within seven days at the most. */
export const weekCount = z.int().min(0).max(14);

const wishInput = z.strictObject({
  topic: z.enum(choosableTopics),
  channel: z.enum(channels),
  isOn: z.boolean(),
  /** How often within thirty days at the most. */
  monthMax: z.int().min(1).max(30).nullable().default(null),
  /** The day on which it begins again. */
  pausedUntil: day.nullable().default(null),
});
export type WishInput = z.output<typeof wishInput>;

/** What may be changed of somebody's preferences; what is not named stays. */
export const preferencesInput = z.strictObject({
  wishes: z.array(wishInput).max(20).default([]),
  pausedUntil: day.nullable().optional(),
  weekMax: weekCount.nullable().optional(),
  format: z.enum(formats).optional(),
  /** Whether they are told of offers; null leaves it to their group. */
  offers: z.boolean().nullable().optional(),
  language: z.string().max(35).optional(),
  tone: z.enum(addressForms).optional(),
  /** On what grounds: needed of whoever is not the customer. */
  basis: freeText(300),
});
export type PreferencesInput = z.output<typeof preferencesInput>;

/** Where something was said. */
export type WishSource = (typeof generalPreferences.$inferInsert)['source'];
