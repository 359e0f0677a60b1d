import { z } from 'zod';
import { exactInteger } from '../platform/exact-json.ts';

/** What mails of several rooms are told. */
export const amount = z.object({ minor: exactInteger, currency: z.string() });
export const moment = z.object({ at: z.number(), day: z.string().nullable() });

/** What a personal mail is told of whose it is: the root account it is about. Left out for none, and in mails of earlier releases. */
export const aboutAccount = { rootId: z.string().optional() };
