import type { KindsOf, Room } from '../../ground/room.ts';
import { tidyRuns } from './runs/tidy-runs.ts';

const historyKinds = ['import_undone', 'feedback_imported', 'customers_imported'] as const;
const auditKinds = [
  'orders.imported',
  'import.sent',
  'import.begun',
  'import.cancelled',
  'import.undone',
  'feedback.imported',
  'customers.imported',
] as const;

export const importsRoom: Room = {
  name: 'imports',
  historyKinds,
  auditKinds,
  jobs: [{ name: 'imports', everyMinutes: 60, run: tidyRuns }],
  personalData: {
    imports: ['file_name', 'report'],
    import_runs: ['file_name', 'look', 'preview', 'report', 'failure'],
    import_progress: ['reached', 'told'],
    import_marks: ['unit', 'tally'],
    import_refusals: ['refusals'],
  },
};

declare module '../../ground/history/history-kind.ts' {
  interface HistoryKinds extends KindsOf<typeof historyKinds> {}
}

declare module '../../ground/audit/audit-kind.ts' {
  interface AuditKinds extends KindsOf<typeof auditKinds> {}
}
