import { blanked, each, names, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

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
    of: `${names('reached')} OR ${names('told')}`,
    columns: { reached: { masked: "''" }, told: { masked: "'{}'" } },
  },
  import_marks: {
    of: `${names('unit')} OR ${names('tally')}`,
    columns: each(blanked, 'unit', 'tally'),
    isDeleted: true,
  },
  import_refusals: { of: names('refusals'), columns: { refusals: { masked: "'[]'" } } },
};
