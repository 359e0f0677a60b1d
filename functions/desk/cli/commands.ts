import { careCommands } from './care-commands.ts';
import type { ListedCommand } from './command.ts';
import { insightCommands } from './insight-commands.ts';
import { paperCommands } from './paper-commands.ts';
import { privacyCommands } from './privacy-commands.ts';

/** Every command by its name, in the order in which help shows them. */
export const commands: Readonly<Record<string, ListedCommand>> = {
  serve: {
    summary: 'Start the portal',
    load: async () => (await import('./serve.ts')).serve,
  },
  'import orders': {
    summary: 'Import orders from a CSV file',
    load: async () => (await import('./import-orders.ts')).importOrders,
  },
  'import customers': {
    summary: 'Import customers from a CSV file',
    load: async () => (await import('./import-customers.ts')).importCustomers,
  },
  'import feedback': {
    summary: 'Import feedback from elsewhere',
    load: async () => (await import('./import-feedback.ts')).importFeedback,
  },
  'import everything': {
    summary: 'Import an archive into an empty portal',
    load: async () => (await import('./import-everything.ts')).importEverything,
  },
  'imports list': {
    summary: 'Show past imports',
    load: async () => (await import('./imports.ts')).listImports,
  },
  'imports undo': {
    summary: 'Undo an import',
    load: async () => (await import('./imports.ts')).undoImport,
  },
  export: {
    summary: 'Export orders, customers or the ledger',
    load: async (loadHouse) => (await import('./export.ts')).exportOf(await loadHouse()),
  },
  'export feedback': {
    summary: 'Export feedback, surveys and testimonials',
    load: async () => (await import('./export-feedback.ts')).exportFeedback,
  },
  'export everything': {
    summary: 'Export all tables as one archive',
    load: async () => (await import('./export-everything.ts')).exportEverything,
  },
  'export table': {
    summary: 'Export one table of an archive',
    load: async (loadHouse) => (await import('./export-everything.ts')).exportTableOf(await loadHouse()),
  },
  'programme show': {
    summary: 'Show the current programme',
    load: async () => (await import('./programme.ts')).showProgramme,
  },
  'programme set': {
    summary: 'Set the programme and apply it at once',
    load: async () => (await import('./programme.ts')).setProgramme,
  },
  'programme rehearse': {
    summary: 'Show what a programme would have cost on the orders so far',
    load: async () => (await import('./rehearse.ts')).rehearseProgramme,
  },
  balances: {
    summary: 'Show the balance of every account',
    load: async () => (await import('./balances.ts')).balances,
  },
  verify: {
    summary: 'Check every balance against the orders',
    load: async () => (await import('./verify.ts')).verify,
  },
  adjust: {
    summary: 'Give or take credit by hand',
    load: async () => (await import('./adjust.ts')).adjust,
  },
  'customers merge': {
    summary: 'Make two customers one, or two again',
    load: async () => (await import('./merge-customers.ts')).mergeCustomers,
  },
  ...paperCommands,
  ...privacyCommands,
  'settings show': {
    summary: 'Show the settings',
    load: async () => (await import('./settings.ts')).settingsShown,
  },
  'settings set': {
    summary: 'Change a setting',
    load: async (loadHouse) => (await import('./settings.ts')).settingIn(await loadHouse()),
  },
  'managers list': {
    summary: 'Show who looks after how many customers',
    load: async () => (await import('./managers.ts')).listManagers,
  },
  'managers assign': {
    summary: 'Give an account an account manager',
    load: async () => (await import('./managers.ts')).assignOne,
  },
  'managers import': {
    summary: 'Give many accounts their managers from a CSV',
    load: async () => (await import('./managers.ts')).importAssignments,
  },
  'contacts list': {
    summary: 'Show what was said with customers',
    load: async () => (await import('./contacts.ts')).listedContacts,
  },
  'contacts log': {
    summary: 'Write down a call or another contact',
    load: async () => (await import('./contacts.ts')).loggedContact,
  },
  'own-fields list': {
    summary: 'Show your own fields of customers',
    load: async () => (await import('./own-fields.ts')).listOwnFields,
  },
  'own-fields set': {
    summary: 'Define or change an own field',
    load: async () => (await import('./own-fields.ts')).setOwnField,
  },
  'own-fields remove': {
    summary: 'Remove an own field with what is kept in it',
    load: async () => (await import('./own-fields.ts')).removeOwnFieldCommand,
  },
  'texts list': {
    summary: 'Show the texts of pages and mail',
    load: async () => (await import('./texts.ts')).textsListed,
  },
  'texts get': {
    summary: 'Show one text',
    load: async () => (await import('./texts.ts')).textShown,
  },
  'texts set': {
    summary: 'Put a text into your own words',
    load: async () => (await import('./texts.ts')).textSet,
  },
  'texts reset': {
    summary: 'Go back to our words of a text',
    load: async () => (await import('./texts.ts')).textReset,
  },
  'staff add': {
    summary: 'Add someone to the team and print their sign-in link',
    load: async () => (await import('./staff.ts')).addStaff,
  },
  'staff list': {
    summary: 'Show the team',
    load: async () => (await import('./staff.ts')).listStaff,
  },
  'staff reset-factor': {
    summary: 'Let someone set up a new second factor',
    load: async () => (await import('./staff.ts')).resetFactor,
  },
  'staff disable': {
    summary: 'Remove someone’s access',
    load: async () => (await import('./staff.ts')).disableStaff,
  },
  'campaigns list': {
    summary: 'Show the campaigns',
    load: async () => (await import('./campaigns.ts')).listedCampaigns,
  },
  'campaigns result': {
    summary: 'Show what a campaign did',
    load: async () => (await import('./campaigns.ts')).campaignResult,
  },
  'campaigns stop': {
    summary: 'Stop a campaign that goes out',
    load: async () => (await import('./campaigns.ts')).stoppedCampaign,
  },
  'mail test': {
    summary: 'Send a test mail now',
    load: async () => (await import('./mail-test.ts')).testMail,
  },
  'keys add': {
    summary: 'Create an API key and print it',
    load: async () => (await import('./keys.ts')).addKey,
  },
  'keys list': {
    summary: 'List the API keys, without their secrets',
    load: async () => (await import('./keys.ts')).listKeys,
  },
  'keys revoke': {
    summary: 'Revoke an API key at once',
    load: async () => (await import('./keys.ts')).revokeKey,
  },
  demo: {
    summary: 'Load the demo business into an empty database',
    load: async () => (await import('./demo.ts')).demo,
  },
  migrate: {
    summary: 'Update the database to this release',
    load: async () => (await import('./migrate.ts')).migrateDatabase,
  },
  backup: {
    summary: 'Copy the database to a new file',
    load: async () => (await import('./backup.ts')).backup,
  },
  'backups list': {
    summary: 'Show the backups that the portal knows of',
    load: async () => (await import('./backups.ts')).listBackups,
  },
  'backups make': {
    summary: 'Make a backup now',
    load: async () => (await import('./backups.ts')).makeBackup,
  },
  'backups fetch': {
    summary: 'Write a backup to a file',
    load: async () => (await import('./backups.ts')).fetchBackup,
  },
  'backups delete': {
    summary: 'Delete a backup',
    load: async () => (await import('./backups.ts')).deleteBackup,
  },
  'backups drill': {
    summary: 'Try restoring a backup, beside the books',
    load: async () => (await import('./backups.ts')).drillBackup,
  },
  'backups schedule': {
    summary: 'Show or decide when backups are made by themselves',
    load: async () => (await import('./backups-schedule.ts')).scheduleBackups,
  },
  restore: {
    summary: 'Restore a backup into an empty database',
    load: async () => (await import('./restore.ts')).restore,
  },
  'feed list': {
    summary: 'Show how far the jobs have read the history',
    load: async () => (await import('./feed.ts')).listFeed,
  },
  'feed reread': {
    summary: 'Have the history read again from a change on',
    load: async () => (await import('./feed.ts')).rereadFeed,
  },
  'figures rebuild': {
    summary: 'Add up the figures of Today anew',
    load: async () => (await import('./figures.ts')).rebuild,
  },
  ...careCommands,
  ...insightCommands,
  'jobs run': {
    summary: 'Run the jobs now',
    load: async () => (await import('./jobs.ts')).runJobs,
  },
};
