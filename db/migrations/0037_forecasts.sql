CREATE TABLE `account_forecasts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`alive_permille` integer NOT NULL,
	`orders_30_milli` integer,
	`orders_90_milli` integer,
	`orders_365_milli` integer,
	`orders_365_low` integer,
	`orders_365_high` integer,
	`next_days` integer,
	`spend_day_minor` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `forecast_fits` (
	`day` text NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`accounts` integer NOT NULL,
	`fitted` integer NOT NULL,
	`history_days` integer NOT NULL,
	`currency` text,
	`served` text NOT NULL,
	`cannot_tell` text,
	`models` text NOT NULL,
	`candidates` text NOT NULL,
	`outlook` text NOT NULL,
	`spend` text,
	`totals` text NOT NULL,
	PRIMARY KEY(`day`, `type`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `forecast_promises` (
	`asked_on` text NOT NULL,
	`account_id` text NOT NULL,
	`type` text NOT NULL,
	`purchase_days` integer NOT NULL,
	`first_on` text NOT NULL,
	`last_on` text NOT NULL,
	PRIMARY KEY(`asked_on`, `account_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `forecast_records` (
	`months` integer NOT NULL,
	`asked_on` text NOT NULL,
	`until_on` text NOT NULL,
	`is_kept` integer NOT NULL,
	`accounts` integer NOT NULL,
	`figures` text NOT NULL,
	`tenths` text NOT NULL,
	PRIMARY KEY(`months`, `asked_on`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `forecast_runs` (
	`day` text PRIMARY KEY NOT NULL,
	`stage` text NOT NULL,
	`step` integer NOT NULL,
	`reached` text NOT NULL,
	`state` text NOT NULL,
	`accounts` integer NOT NULL,
	`begun_at` integer NOT NULL,
	`actor` text NOT NULL,
	`leased_until` integer,
	`leased_by` text,
	`finished_at` integer
) STRICT, WITHOUT ROWID;
