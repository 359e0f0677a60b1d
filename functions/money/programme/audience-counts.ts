import { query } from '../../../db/query.ts';
import { audienceCounts } from '../../../db/schema/index.ts';

/** How many accounts each segment has had any of, as they were last asked. */
export const listAudienceCounts = query((db) => db.select().from(audienceCounts));
