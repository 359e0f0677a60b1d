import { blanked, each, names, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';
import { isToDo } from './runs/to-do.ts';

/** What a run is at keeps its place; erasing waits for one that names somebody, and takes what nobody goes on with. */
const isOver = `run NOT IN (SELECT id FROM import_runs WHERE ${isToDo}
  UNION ALL SELECT id || '.dry' FROM import_runs WHERE ${isToDo})`;

export const personalData: PersonalData = {
  imports: {
    of: `${names('file_name')} OR ${names('report')}`,
    columns: { file_name: { masked: "'—'" }, report: { masked: 'NULL' } },
  },
  import_changes: numbersOf('order_id IN $orders'),
  import_runs: {
    of: ['file_name', 'look', 'preview', 'report', 'failure'].map(names).join(' OR '),
    columns: {
      file_name: { masked: "'—'" },
      ...each({ masked: 'NULL' }, 'look', 'preview', 'report', 'failure'),
    },
  },
  import_progress: {
    of: `(${names('reached')} OR ${names('told')}) AND ${isOver}`,
    columns: each(blanked, 'reached', 'told'),
    isDeleted: true,
  },
  import_marks: {
    of: `(${names('unit')} OR ${names('tally')}) AND ${isOver}`,
    columns: each(blanked, 'unit', 'tally'),
    isDeleted: true,
  },
  import_refusals: {
    of: `${names('refusals')} AND ${isOver}`,
    columns: { refusals: blanked },
    isDeleted: true,
  },
};
