import { listEvents, type NamedEvent } from '../../../circle/club/events/list-events.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { listAudiences } from '../../../money/programme/audience.ts';
import { listAssignable } from '../../../people/managers/list-assignable.ts';
import { listSurveys } from '../../../voice/surveys/list-surveys.ts';
import { BY_MANAGER, type CampaignContent } from './content.ts';

/** A survey as a campaign offers it. */
export interface NamedSurvey {
  id: string;
  name: string;
  title: Readonly<Record<string, string>>;
  isOpen: boolean;
}

/** What a campaign speaks of, as it is now. */
export interface CampaignWorld {
  languages: readonly string[];
  currency: string | null;
  events: ReadonlyMap<string, NamedEvent>;
  surveys: ReadonlyMap<string, NamedSurvey>;
  isSegmentThere: boolean;
  isSenderThere: boolean;
  now: number;
}

/** All that is looked up of a campaign before it may go out; only what it names is asked for. */
export async function loadWorldOf(ctx: Context, content: CampaignContent): Promise<CampaignWorld> {
  const { segmentId, sender } = content;
  const [{ identity, currency }, offered, audiences, team] = await Promise.all([
    getBusiness(ctx),
    loadOffered(ctx, content),
    segmentId === null ? [] : listAudiences(ctx),
    sender === null || sender === BY_MANAGER ? [] : listAssignable(asSystem(ctx)),
  ]);
  return {
    ...offered,
    languages: identity.languages,
    currency,
    isSegmentThere: segmentId === null || audiences.some(({ id }) => id === segmentId),
    isSenderThere: sender === null || sender === BY_MANAGER || team.some(({ id }) => id === sender),
    now: ctx.now(),
  };
}

/** The events and surveys that some blocks offer. */
export async function loadOffered(
  ctx: Context,
  { blocks }: Pick<CampaignContent, 'blocks'>,
): Promise<Pick<CampaignWorld, 'events' | 'surveys'>> {
  const names = (kind: 'event' | 'survey') => blocks.some((block) => block.kind === kind);
  const [events, surveys] = await Promise.all([
    names('event') ? listEvents(ctx.db) : [],
    names('survey') ? listNamedSurveys(ctx) : [],
  ]);
  return {
    events: new Map(events.map((event) => [event.id, event])),
    surveys: new Map(surveys.map((survey) => [survey.id, survey])),
  };
}

/** All surveys, as one is chosen. */
export async function listNamedSurveys(ctx: Context): Promise<NamedSurvey[]> {
  const { items } = await listSurveys(asSystem(ctx));
  return items.map(({ id, name, title, state }) => ({ id, name, title, isOpen: state === 'open' }));
}

/** A campaign names what its reader may not list. */
const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'system', name: 'campaigns' } });
