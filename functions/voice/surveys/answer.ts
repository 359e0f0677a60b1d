import { z } from 'zod';
import { instantAnswer, listAnswer } from '../../ground/platform/answer.ts';
import { questionKinds } from './definition.ts';

const words = z.record(z.string(), z.string()).meta({ description: 'A text by language.' });

/** What `POST /surveys/{id}/invitations` answers. No personal data, and not the personal link. */
export const invitationAnswer = z
  .object({ id: z.string(), surveyId: z.string(), customerId: z.string(), at: instantAnswer })
  .meta({ id: 'SurveyInvitation' });
export type InvitationAnswer = z.infer<typeof invitationAnswer>;

const surveyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['draft', 'open', 'closed']),
    version: z.int(),
    title: words,
    questions: z.array(z.object({ id: z.string(), kind: z.enum(questionKinds), text: words })),
    trigger: z.enum(['after_delivery', 'after_case', 'after_contact', 'season', 'by_hand']),
    invited: z.int(),
    finished: z.int(),
    createdAt: instantAnswer,
  })
  .meta({ id: 'Survey' });
export type SurveyAnswer = z.infer<typeof surveyAnswer>;
export const surveysAnswer = listAnswer(surveyAnswer);
export type SurveysAnswer = z.infer<typeof surveysAnswer>;

const interval = z
  .object({ value: z.number(), from: z.number(), to: z.number() })
  .meta({ id: 'Interval', description: 'A figure with its interval of 95 %.' });

const share = interval.nullable().meta({ description: 'Null while there are too few answers to tell.' });

export const resultsAnswer = z
  .object({
    surveyId: z.string(),
    segment: z.enum(['everyone', 'new', 'regular', 'club']),
    invited: z.int(),
    finished: z.int(),
    finishedShare: share,
    questions: z.array(
      z.object({
        id: z.string().meta({ description: 'With the statement behind a point: trust.care.' }),
        kind: z.enum(questionKinds),
        text: words,
        answers: z.int(),
        figure: share.meta({
          description:
            'nps: promoters less detractors, -1 to 1. Scales: the mean. Null when too few answered.',
        }),
        counts: z.array(z.object({ answer: z.string(), count: z.int(), share: interval })),
        months: z.array(z.object({ month: z.string(), answers: z.int(), figure: share })),
      }),
    ),
  })
  .meta({ id: 'SurveyResults' });
export type ResultsAnswer = z.infer<typeof resultsAnswer>;
