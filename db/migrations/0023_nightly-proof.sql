CREATE TABLE `account_doubts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `proof_differences` (
	`run_id` text NOT NULL,
	`place` integer NOT NULL,
	`account_id` text NOT NULL,
	`what` text NOT NULL,
	`expected` text NOT NULL,
	`found` text NOT NULL,
	PRIMARY KEY(`run_id`, `place`),
	FOREIGN KEY (`run_id`) REFERENCES `proof_runs`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `proof_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`night` text,
	`scope` text NOT NULL,
	`up_to` integer NOT NULL,
	`reached` text NOT NULL,
	`accounts` integer NOT NULL,
	`entries` integer NOT NULL,
	`differences` integer NOT NULL,
	`begun_at` integer NOT NULL,
	`actor` text NOT NULL,
	`told_at` integer,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `proof_runs_night_unique` ON `proof_runs` (`night`);