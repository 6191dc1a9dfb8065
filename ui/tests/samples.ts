// What the specs need before the first begins: the sample photos, rendered once, and two small folders of them.

import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FEW, program, RETAKEN, SAMPLES } from './places';

interface Sample {
  /** `batch folder/NNNN.jpg` */
  file: string;
  defect: string;
}

export default async function render(): Promise<void> {
  const done = spawnSync(program('portraits'), ['samples', SAMPLES, '--count', '60'], { stdio: ['ignore', 'ignore', 'pipe'] });
  if (done.status !== 0) throw new Error(`the samples could not be rendered: ${done.error ?? done.stderr}`);
  const { photos }: { photos: Sample[] } = JSON.parse(await readFile(path.join(SAMPLES, 'truth.json'), 'utf8'));
  const failing = photos.find(({ defect }) => defect === 'eyes_closed');
  const [one, two, other] = photos.filter(({ defect }) => defect === 'none');
  if (!failing || !one || !two || !other) throw new Error('the samples are not as they were');
  const first = [failing, one, two].map(({ file }) => ({ student: file, photo: file }));
  await few(FEW, first);
  await few(RETAKEN, [...first, { student: failing.file, photo: other.file }]);
}

/** A folder of one batch, in which these students hand in these samples. */
async function few(folder: string, rows: readonly { student: string; photo: string }[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, 'photos'), { recursive: true });
  const table = ['file,name,id_number,student_no,email'];
  for (const [at, { student, photo }] of rows.entries()) {
    const students = await readFile(path.join(SAMPLES, path.dirname(student), 'students.csv'), 'utf8');
    const line = students.split('\n').find((row) => row.startsWith(`${path.basename(student)},`)) ?? '';
    table.push(line.replace(/^[^,]*/, `${at}.jpg`));
    await copyFile(path.join(SAMPLES, photo), path.join(folder, `photos/${at}.jpg`));
  }
  await writeFile(path.join(folder, 'photos/students.csv'), `${table.join('\n')}\n`);
  const list = [{ code: 'HN-2027-B', school: '华南某大学', title: '2027 届毕业生图像采集 第二批', folder: 'photos' }];
  await writeFile(path.join(folder, 'batches.json'), JSON.stringify(list));
}
