import type { surveyInvitations } from '../../../db/schema/index.ts';
import type { Statement, Store } from '../../../db/store.ts';
import type { SurveyTrigger } from './definition.ts';

/** Between which moments something came to its end, and since when nobody is to have been asked anything. */
export interface DueWindow {
  surveyId: string;
  since: number;
  until: number;
  rested: number;
}

/** Whom to ask, about what. */
export interface DueInvitation {
  customerId: string;
  rootId: string;
  occasion: string;
}

/** Something of another room after which a survey may be sent, and what follows there from its answer. */
export interface SurveyOccasion {
  trigger: SurveyTrigger['kind'];
  reason: (typeof surveyInvitations.reason.enumValues)[number];
  /** Those that came to their end behind `since` and not behind `until`, of people who signed up. */
  listDue: (db: Store, window: DueWindow) => Promise<DueInvitation[]>;
  /** What is written with an answer that says how satisfied somebody was, 1 to 5. */
  rate?: (told: { occasion: string; value: number; at: number; actor: string }) => Statement[];
}

declare module '../../ground/room.ts' {
  interface Room {
    surveyOccasion?: SurveyOccasion;
  }
  interface House {
    surveyOccasions: readonly SurveyOccasion[];
  }
}
