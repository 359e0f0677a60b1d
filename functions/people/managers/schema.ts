import { z } from 'zod';
import { freeText, identifier } from '../../ground/platform/input.ts';
import { WHY_LENGTH_MAX } from './assign-manager.ts';

/** `POST /customers/{id}/manager` */
export const managerInput = z.strictObject({
  manager: z.string().trim().max(254).nullable().meta({
    description: 'The email of who works here; null leaves the account to the rules, or to nobody.',
  }),
  account: identifier(200).optional().meta({
    description:
      'The id of one of the customer’s accounts or of its department; needed when they have several.',
  }),
  why: freeText(WHY_LENGTH_MAX).meta({
    description: 'Kept in the history for the team; at most 500 characters.',
  }),
});

export const managerExample = {
  manager: 'nina@hollow-oak.example',
  why: 'asked for somebody who speaks French',
};

const colleague = { email: z.string(), name: z.string().nullable() };

const managerAnswer = z
  .object(colleague)
  .nullable()
  .meta({ description: 'Who of the team has the account; null for nobody.' });

/** The same of a customer, with who stands in now. */
export const customerManagerAnswer = z
  .object({
    ...colleague,
    standIn: z
      .object({ ...colleague, until: z.string() })
      .nullable()
      .meta({ description: 'Who stands in while they are away, up to and with this business day.' }),
  })
  .nullable()
  .meta({ description: 'Who of the team has the account; null for nobody.' });

export const assignedAnswer = z.object({
  accountId: z.string(),
  manager: managerAnswer,
  isByHand: z.boolean().meta({ description: 'False where a rule decides.' }),
});
