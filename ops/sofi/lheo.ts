import { type Command, InvalidArgumentError, Option } from 'commander';
import { LHEO_VERSIONS } from '../../domain/grammar/shape.ts';
import type { LheoVersion } from '../../domain/grammar/types.ts';
import { makeXsd } from '../../domain/lheo/xsd.ts';
import { type CheckOptions, checkFiles } from './lheo-check.ts';
import { convertFile } from './lheo-convert.ts';
import { diffFiles } from './lheo-diff.ts';
import { statFile } from './lheo-stats.ts';

/** `sofi lheo …`: files of LHÉO, without the platform. */
export function register(program: Command): void {
  const lheo = program
    .command('lheo')
    .description('fichiers LHÉO : contrôle, conversion, schéma, comptes, différences');

  lheo
    .command('check')
    .description("contrôle des fichiers : schéma, puis règles de SOFI ; 1 si le schéma refuse l'un d'eux")
    .argument('<FILE...>', 'fichiers : XML, gzip, zip, ou - pour l’entrée standard')
    .addOption(version('--version <V>', 'version attendue'))
    .option('--no-rules', 'sans les règles de SOFI')
    .option('--json', 'un objet JSON par fichier et par ligne')
    .action(async (files: string[], options: CheckOptions) => {
      process.exitCode = await checkFiles(files, options);
    });

  lheo
    .command('convert')
    .description("écrit du LHÉO valide de la version demandée, en ne changeant que ce qu'elle refuse")
    .argument('<FILE>', 'fichier lu')
    .addOption(version('--to <V>', 'version écrite').makeOptionMandatory())
    .requiredOption('--out <OUT>', 'fichier écrit')
    .option('--json', 'le rapport en JSON')
    .action(async (file: string, options: { to: LheoVersion; out: string; json?: boolean }) => {
      process.exitCode = await convertFile(file, options);
    });

  lheo
    .command('xsd')
    .description('le schéma XML fait de la grammaire')
    .addOption(version('--version <V>', 'version du schéma').makeOptionMandatory())
    .option('--json', 'le schéma dans un objet JSON')
    .action(({ version: asked, json }: { version: LheoVersion; json?: boolean }) => {
      const xsd = makeXsd(asked);
      process.stdout.write(json === true ? `${JSON.stringify({ version: asked, xsd })}\n` : xsd);
    });

  lheo
    .command('stats')
    .description('les comptes d’un fichier')
    .argument('<FILE>', 'fichier lu')
    .option('--json', 'les comptes en JSON')
    .action((file: string, options: { json?: boolean }) => statFile(file, options));

  lheo
    .command('diff')
    .description('les différences entre deux fichiers, formation par formation')
    .argument('<A>', 'fichier de départ')
    .argument('<B>', 'fichier d’arrivée')
    .option('--json', 'les différences en JSON')
    .action((a: string, b: string, options: { json?: boolean }) => diffFiles(a, b, options));
}

function version(flags: string, description: string): Option {
  return new Option(flags, `${description} (${LHEO_VERSIONS.join(' ou ')})`).argParser((value) => {
    const known = LHEO_VERSIONS.find((candidate) => candidate === value);
    if (known === undefined) throw new InvalidArgumentError(`« ${value} » n'est pas une version connue.`);
    return known;
  });
}
