import { listEvents, type NamedEvent } from '../../circle/club/events/list-events.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listChoices } from '../../insight/segments/list-choices.ts';
import { type Assignable, listAssignable } from '../../people/managers/list-assignable.ts';
import { listNamedSurveys, type NamedSurvey } from './content/load-world.ts';

/** What whoever writes a campaign may choose from. */
export interface CampaignChoices {
  segments: { id: string; name: string | null }[];
  team: Assignable[];
  events: NamedEvent[];
  surveys: NamedSurvey[];
}

/** @throws {AppError} `forbidden` */
export async function listCampaignChoices(ctx: Context): Promise<CampaignChoices> {
  allow(ctx.actor, 'campaigns:write');
  const [segments, team, events, surveys] = await Promise.all([
    listChoices(ctx),
    listAssignable(ctx),
    listEvents(ctx.db),
    listNamedSurveys(ctx),
  ]);
  return { segments, team, events, surveys };
}
