import { z } from 'zod';

/** What mails of several rooms are told. */
export const amount = z.object({ minor: z.coerce.bigint(), currency: z.string() });
export const moment = z.object({ at: z.number(), day: z.string().nullable() });
