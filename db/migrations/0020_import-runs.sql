CREATE TABLE `import_maps` (
	`headers_hash` text PRIMARY KEY NOT NULL,
	`map` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_run_steps` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	PRIMARY KEY(`run_id`, `seq`),
	FOREIGN KEY (`run_id`) REFERENCES `import_runs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`file_bytes` integer,
	`state` text NOT NULL,
	`seq` integer NOT NULL,
	`look` text,
	`map` text,
	`currency` text,
	`preview` text,
	`report` text,
	`import_id` text,
	`phase` text,
	`phase_at` integer,
	`rows_done` integer NOT NULL,
	`rows_total` integer,
	`progress_at` integer,
	`claimed_by` text,
	`failure` text,
	`rejected_rows` integer,
	`started_at` integer NOT NULL,
	`started_by` text NOT NULL,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `import_runs_started` ON `import_runs` (`started_at`);--> statement-breakpoint
CREATE INDEX `import_runs_import` ON `import_runs` (`import_id`) WHERE import_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `import_runs_to_do` ON `import_runs` (`id`) WHERE state IN ('checking', 'waiting', 'running', 'undoing');