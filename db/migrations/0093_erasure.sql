CREATE TABLE `erased_files` (
	`stored_as` text PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `erasure_passes` (
	`id` integer PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `erasure_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`words` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`cancelled_at` integer,
	`done_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `erasure_requests_open` ON `erasure_requests` (`customer_id`) WHERE cancelled_at IS NULL AND done_at IS NULL;--> statement-breakpoint
CREATE INDEX `erasure_requests_due` ON `erasure_requests` (`due_at`) WHERE cancelled_at IS NULL AND done_at IS NULL;--> statement-breakpoint
CREATE TABLE `erasures` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`words` text NOT NULL,
	`asked_by` text NOT NULL,
	`at` integer NOT NULL,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `erasures_seq_unique` ON `erasures` (`seq`);--> statement-breakpoint
CREATE INDEX `erasures_open` ON `erasures` (`seq`) WHERE finished_at IS NULL;--> statement-breakpoint
CREATE INDEX `outbox_address` ON `outbox` (`address`) WHERE address IS NOT NULL;