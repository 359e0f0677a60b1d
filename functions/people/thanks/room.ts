import { staffThanks } from '../../../db/schema/index.ts';
import { declareLetters } from '../../ground/outbox/letters.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { thanksMails } from './letters/kinds.ts';
import { personalData } from './personal-data.ts';

export const thanksRoom: Room = {
  name: 'thanks',
  kept: 'contacts',
  letters: declareLetters(thanksMails),
  conflicts: ['staff_thanks'],
  tables: [takenHome(staffThanks, { standing: 'give_way' })],
  personalData,
};
