CREATE TABLE `programme_drafts` (
	`revision` integer PRIMARY KEY NOT NULL,
	`definition` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `programme_postings` (
	`revision` integer PRIMARY KEY NOT NULL,
	`net_minor` integer NOT NULL,
	`entries` integer NOT NULL,
	`accounts` integer NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
