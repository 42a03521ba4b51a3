import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../../components/contract.ts";
import type { DatabaseSpec, ReplicaSpec } from "../../components/database/model.ts";
import { pick } from "../../components/kernel/pick.ts";
import { timeouts } from "./facts/timeouts.ts";
import { keyArn, orNothing, present } from "./lookup.ts";
import type { AwsGround, AwsPart, AwsSite } from "./natives.ts";
import { pooler } from "./pooler.ts";
import { around, subnetGroup } from "./rds.ts";

export interface DatabaseOn extends AwsGround, AwsSite {
  readonly secrets: AwsPart<"secrets">;
  readonly buckets: Readonly<Record<string, AwsPart<"bucket">>>;
  readonly password: pulumi.Output<string> | null;
}

/** A private RDS instance with its parameters, logs and monitoring; then copies of its backups, its exchange bucket and its pooler. */
export function database(scope: Scope, spec: DatabaseSpec, on: DatabaseOn): AwsPart<"database"> {
  const { name, parent, protection } = scope;
  const { identifier, key, shared, first } = around(scope, spec, name, on);
  const subnets = subnetGroup(scope, spec, on);
  const instance = new aws.rds.Instance(
    `${name}-instance`,
    {
      ...shared,
      engine: spec.engine,
      engineVersion: spec.versionLiteral,
      allowMajorVersionUpgrade: true, // the version is only ever raised by a person
      dbName: spec.databases[0],
      username: spec.admin.username,
      ...passwordOf(spec, key, on),
      kmsKeyId: orNothing(key),
      dbSubnetGroupName: subnets.name,
      multiAz: spec.ha,
      backupRetentionPeriod: spec.backups.days,
      backupWindow: spec.backups.window,
      deleteAutomatedBackups: !protection,
      skipFinalSnapshot: !protection,
      finalSnapshotIdentifier: pulumi.interpolate`${identifier}-final`,
    },
    { parent, protect: protection, dependsOn: first, customTimeouts: timeouts.database },
  );
  const copies = spec.backups.geo === null ? [] : [backupCopy(scope, spec, instance, spec.backups.geo, on)];
  const doors = exchange(scope, spec, instance, on);
  const secret = spec.admin.managed
    ? instance.masterUserSecrets.apply(secrets => present(secrets[0], "managed login").secretArn)
    : pick(on.secrets.references, present(spec.admin.secret, "secret of the login"));
  const pool = spec.pooler === null ? null : pooler(scope, spec, instance, secret, on);
  return {
    host: pool === null ? instance.address : pool.proxy.endpoint,
    port: spec.port, // the pooler listens where the engine does
    secret,
    native: {
      instance,
      region: scope.place.region,
      loginKeyArn: spec.admin.managed ? key : null,
    },
    ready: [...first, subnets, instance, ...copies, ...doors, ...(pool === null ? [] : pool.ready)],
  };
}

/** RDS' own secret, which it rotates, or the generated password, written once for each number. */
function passwordOf({ admin }: DatabaseSpec, key: pulumi.Output<string> | null, on: DatabaseOn) {
  if (admin.managed) return { manageMasterUserPassword: true, masterUserSecretKmsKeyId: orNothing(key) };
  return { passwordWo: present(on.password, "password"), passwordWoVersion: admin.rotation + 1 }; // zero counts as absent
}

type Geo = NonNullable<DatabaseSpec["backups"]["geo"]>;

/** Snapshots and logs also in another region, where a database can be restored to any second of them. */
function backupCopy({ name, parent, protection }: Scope, spec: DatabaseSpec, instance: aws.rds.Instance, geo: Geo, on: AwsGround) {
  return new aws.rds.InstanceAutomatedBackupsReplication(
    `${name}-backups`,
    {
      region: geo.region,
      sourceDbInstanceArn: instance.arn,
      retentionPeriod: spec.backups.days,
      kmsKeyId: keyThere(geo.region, geo.encryptionKey, on),
    },
    { parent, protect: protection, customTimeouts: timeouts.database },
  );
}

/** Another region cannot read this one's key: what is encrypted there names a key of its own, be it the platform's. */
function keyThere(region: string, wanted: Geo["encryptionKey"], on: AwsGround): pulumi.Input<string> {
  const own = keyArn(on, wanted);
  return own === null ? `arn:aws:kms:${region}:${on.foundation.native.accountId}:alias/aws/rds` : own;
}

/** Lets the engine itself import from and export to its bucket. One after the other: RDS refuses a second change while the first runs. */
function exchange(
  { name, parent, place }: Scope,
  spec: DatabaseSpec,
  instance: aws.rds.Instance,
  on: AwsGround,
): readonly pulumi.Resource[] {
  if (spec.exchange === null) return [];
  const { roles, exporters } = on.identities.native;
  const [importer, exporter] = [pick(roles, spec.exchange.principal), pick(exporters, spec.exchange.principal)];
  const base = { region: place.region, dbInstanceIdentifier: instance.identifier };
  const into = new aws.rds.RoleAssociation(`${name}-import`, { ...base, featureName: "s3Import", roleArn: importer.arn }, { parent });
  const out = new aws.rds.RoleAssociation(
    `${name}-export`,
    { ...base, featureName: "s3Export", roleArn: exporter.arn },
    { parent, dependsOn: into },
  );
  return [into, out];
}

/** A read replica. Beside its source it takes subnets and key from it; in another region it needs its own. */
export function replica(
  scope: Scope,
  spec: ReplicaSpec,
  on: AwsGround & AwsSite & { readonly source: AwsPart<"database"> },
): AwsPart<"database"> {
  const { name, parent, place, protection } = scope;
  const { shared, first } = around(scope, spec, spec.source, on);
  const source = on.source.native;
  const subnets = source.region === place.region ? [] : [subnetGroup(scope, spec, on)];
  const origin =
    source.region === place.region
      ? { replicateSourceDb: source.instance.identifier }
      : {
          replicateSourceDb: source.instance.arn,
          dbSubnetGroupName: subnets[0]?.name,
          kmsKeyId: keyThere(place.region, spec.encryptionKey, on),
        };
  const instance = new aws.rds.Instance(
    `${name}-instance`,
    {
      ...shared,
      ...origin, // and no login, engine or database: a replica that names them is refused
      multiAz: false,
      backupRetentionPeriod: 0,
      backupWindow: source.instance.backupWindow, // RDS would draw hours by lot, and refuse its own choice where it meets the maintenance window
      skipFinalSnapshot: true, // RDS takes none of a replica
    },
    { parent, protect: protection, dependsOn: [...first, ...on.source.ready], customTimeouts: timeouts.database },
  );
  return {
    host: instance.address,
    port: spec.port,
    secret: null,
    native: { instance, region: place.region, loginKeyArn: null },
    ready: [...first, ...subnets, instance],
  };
}
