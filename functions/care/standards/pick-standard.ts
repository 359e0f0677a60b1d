import type { ConversationGroup } from '../../insight/facts/group.ts';
import type { RelationshipLevel } from '../../insight/facts/level.ts';
import type { StandardRow } from './queries.ts';

/** Who waits, as standards know them; of who is nobody's customer neither group nor level is known. */
export interface WaitingFor {
  kind: StandardRow['kind'];
  channel: string;
  audience: ConversationGroup | null;
  level: RelationshipLevel | null;
}

type Standard = Pick<StandardRow, 'kind' | 'channel' | 'audience' | 'level' | 'hours'>;

/** The standard for somebody: of those that fit the one that names most, and of equals the quickest; null where none fits. */
export function pickStandard<One extends Standard>(
  standards: readonly One[],
  waiting: WaitingFor,
): One | null {
  const fitting = standards.filter(
    (one) =>
      one.kind === waiting.kind &&
      (one.channel ?? waiting.channel) === waiting.channel &&
      (one.audience ?? waiting.audience) === waiting.audience &&
      (one.level ?? waiting.level) === waiting.level,
  );
  const [best = null] = fitting.toSorted((a, b) => namesIn(b) - namesIn(a) || a.hours - b.hours);
  return best;
}

const namesIn = ({ channel, audience, level }: Standard) =>
  [channel, audience, level].filter((name) => name !== null).length;
