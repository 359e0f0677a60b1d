CREATE TABLE `import_marks` (
	`run` text NOT NULL,
	`unit` text NOT NULL,
	`tally` text NOT NULL,
	PRIMARY KEY(`run`, `unit`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_progress` (
	`run` text PRIMARY KEY NOT NULL,
	`import_id` text,
	`phase` text NOT NULL,
	`reached` text NOT NULL,
	`steps` integer NOT NULL,
	`told` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `import_refusals` (
	`run` text NOT NULL,
	`step` integer NOT NULL,
	`refusals` text NOT NULL,
	PRIMARY KEY(`run`, `step`)
) STRICT, WITHOUT ROWID;
