import type { Idea, IdeaFile } from '../../functions/desk/ideas/list-ideas.ts';
import type { IdeaState } from '../../functions/desk/ideas/schema.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';
import type { Tone } from './status.ts';

interface Words {
  t: Messages;
  formats: Formats;
}

const tones: Record<IdeaState, Tone> = {
  new: 'waiting',
  considered: 'moving',
  planned: 'moving',
  done: 'good',
  declined: 'warn',
};

export const ideaTone = (state: IdeaState): Tone => tones[state];
export const ideaState = (t: Messages, state: IdeaState): string => t[`ideas_state_${state}`]();

/** Who told it, when. */
export const ideaBy = ({ by, at }: Pick<Idea, 'by' | 'at'>, { t, formats: { moment } }: Words): string =>
  t.ideas_by({ by: by?.name ?? t.ideas_by_left(), date: moment({ at, day: null }) });

export const ideaVotes = ({ votes }: Pick<Idea, 'votes'>, { t, formats: { number } }: Words): string =>
  t.ideas_votes({ n: votes, shown: number(votes) });

/** What was done about it. */
export const ideaAct = (t: Messages, { kind }: IdeaFile['acts'][number]): string =>
  kind === 'told' || kind === 'thanked' ? t[`ideas_act_${kind}`]() : ideaState(t, kind);
