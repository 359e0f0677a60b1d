CREATE TABLE `__new_contact_plans` (
	`id` text PRIMARY KEY NOT NULL,
	`what` text NOT NULL,
	`audience` text NOT NULL,
	`level` text,
	`channel` text NOT NULL,
	`purpose` text NOT NULL,
	`interval_days` integer NOT NULL,
	`most_per_day` integer NOT NULL,
	`staff_id` text,
	`since_day` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "contact_plans_interval" CHECK(interval_days BETWEEN 1 AND 730 AND most_per_day BETWEEN 1 AND 500),
	CONSTRAINT "contact_plans_ended" CHECK((ended_at IS NULL) = (ended_by IS NULL))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_contact_plans`("id", "what", "audience", "level", "channel", "purpose", "interval_days", "most_per_day", "staff_id", "since_day", "at", "actor", "ended_at", "ended_by") SELECT "id", "what", "audience", "level", "channel", "purpose", "interval_days", "most_per_day", "staff_id", "since_day", "at", "actor", "ended_at", "ended_by" FROM `contact_plans`;--> statement-breakpoint
DROP TABLE `contact_plans`;--> statement-breakpoint
ALTER TABLE `__new_contact_plans` RENAME TO `contact_plans`;--> statement-breakpoint
ALTER TABLE `general_preferences` ADD `offers` integer;