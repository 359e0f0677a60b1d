import { pageHits } from '../../../db/schema/index.ts';
import type { Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { dropOldHits } from './drop-old-hits.ts';
import { hitsMonths } from './policies.ts';
import { hitRoutes } from './routes.ts';

export const hitsRoom: Room = {
  name: 'hits',
  routes: hitRoutes,
  policies: [hitsMonths],
  jobs: [{ name: 'hits', everyMinutes: 24 * 60, run: dropOldHits }],
  tables: [takenHome(pageHits)],
};
