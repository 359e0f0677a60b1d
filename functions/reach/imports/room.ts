import { importChanges, importMaps, imports } from '../../../db/schema/index.ts';
import type { KindsOf, Room } from '../../ground/room.ts';
import { takenHome } from '../../ground/tables/table-file.ts';
import { personalData } from './personal-data.ts';
import { importMonths } from './policies.ts';
import { importRoutes } from './routes.ts';
import { dropOldRejected } from './runs/drop-old-rejected.ts';
import { tidyRuns } from './runs/tidy-runs.ts';

const historyKinds = ['import_undone', 'feedback_imported', 'customers_imported'] as const;
const auditKinds = [
  'orders.imported',
  'import.sent',
  'import.begun',
  'import.cancelled',
  'import.finished',
  'import.undone',
  'feedback.imported',
  'customers.imported',
] as const;

export const importsRoom: Room = {
  name: 'imports',
  kept: 'imports',
  routes: importRoutes,
  retentions: [{ policy: importMonths, drop: dropOldRejected }],
  historyKinds,
  auditKinds,
  jobs: [{ name: 'imports', everyMinutes: 60, run: tidyRuns }],
  tables: [takenHome(imports), takenHome(importChanges), takenHome(importMaps)],
  tablesLeft: {
    import_runs: { why: 'Work on a file that lies beside the database; what came of it stands in imports.' },
    import_run_steps: { why: 'Steps of that work.' },
    import_progress: { why: 'How far that work has come.' },
    import_marks: { why: 'How far that work has come.' },
    import_refusals: { why: 'What that work has refused so far.' },
  },
  personalData,
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
