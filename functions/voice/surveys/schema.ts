import { z } from 'zod';
import { email } from '../../ground/platform/input.ts';
import { segments } from './results.ts';

/** `POST /surveys/{id}/invitations` */
export const inviteInput = z.strictObject({ email });

/** `GET /surveys/{id}/results` */
export const resultsQuery = z.strictObject({
  segment: z.enum(segments).default('everyone').meta({ description: 'Whose answers are counted.' }),
});

/** The body shown in the API's documentation; a test sends it. */
export const inviteExample = { email: 'ann@example.com' };
