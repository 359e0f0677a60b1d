import { declareLetters } from '../../ground/outbox/letters.ts';
import type { Room } from '../../ground/room.ts';
import { rewardMails } from './letters/kinds.ts';

export const rewardsRoom: Room = {
  name: 'rewards',
  kept: 'rewards',
  letters: declareLetters(rewardMails),
};
