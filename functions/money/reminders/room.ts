import { nearlyNotices } from '../../../db/schema/index.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { tellExpiring } from './expiring/tell-expiring.ts';
import { endingMoment, nearlyMoment } from './moments.ts';
import { nearlyNews, tellNearly } from './nearly/tell-nearly.ts';
import { personalData } from './personal-data.ts';

export const remindersRoom: Room = {
  name: 'reminders',
  kept: 'rewards',
  moments: [nearlyMoment, endingMoment],
  followers: [nearlyNews],
  jobs: [
    { name: 'nearly', everyMinutes: 1, run: tellNearly },
    { name: 'expiring', everyMinutes: 10, run: tellExpiring },
  ],
  tables: [takenHome(nearlyNotices)],
  personalData,
};
