CREATE TABLE `backup_drills` (
	`id` text PRIMARY KEY NOT NULL,
	`backup_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`actor` text NOT NULL,
	`claimed_by` text,
	`claimed_at` integer,
	`begun` integer NOT NULL,
	`finished_at` integer,
	`failure` text,
	`begun_at` integer,
	`accounts` integer NOT NULL,
	`differences` integer,
	`orders` integer,
	`entries` integer,
	FOREIGN KEY (`backup_id`) REFERENCES `backups`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `backup_drills_open` ON `backup_drills` ((finished_at IS NULL)) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE TABLE `backup_schedules` (
	`id` text PRIMARY KEY NOT NULL,
	`every` text NOT NULL,
	`weekday` integer NOT NULL,
	`hour` integer NOT NULL,
	`keep` integer NOT NULL,
	`place` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `backups` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`place` text NOT NULL,
	`slot` text,
	`asked_at` integer NOT NULL,
	`actor` text NOT NULL,
	`claimed_by` text,
	`claimed_at` integer,
	`begun` integer NOT NULL,
	`finished_at` integer,
	`failure` text,
	`bytes` integer NOT NULL,
	`orders` integer,
	`entries` integer,
	`deleted_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `backups_slot_unique` ON `backups` (`slot`);--> statement-breakpoint
CREATE UNIQUE INDEX `backups_open` ON `backups` ((finished_at IS NULL)) WHERE finished_at IS NULL;