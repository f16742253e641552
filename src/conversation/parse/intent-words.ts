// The words and phrases by which people say what they want, by intent. Lists only: matching is in intent.ts.
// Indonesian first, then Javanese, Sundanese, Betawi, Minang, Balinese and others where the reading is sure, then English.
// A phrase stands here in normal spelling; stretched letters, `ok2`, address words and particles are handled by the matching.

/** What a whole message can mean. `fine` is "it does not matter" (gapapa): neither yes nor no. */
export type Intent =
  | 'yes' | 'no' | 'maybe' | 'fine' | 'cancel' | 'stop' | 'back' | 'skip' | 'later' | 'dont-know' | 'help' | 'thanks'
  | 'greet' | 'menu'
  | 'register' | 'data-see' | 'data-change' | 'data-erase' | 'leave' | 'urgent'

/** Words that turn the next word around. Each alone is a "no". */
export const NEGATIONS: readonly string[] = list(`
  tidak, tdk, tak, tk, g, ga, gak, gk, nggak, ngga, enggak, engga, kagak, kaga, gag, ndak, nda, ndk, dak, indak, kada,
  ora, ra, mboten, boten, mbten,
  henteu, teu, moal, tusing, nenten, jangan, jgn, jangn, bukan, bkn, belum, blm, blom, belom, blum, durung, dereng,
  acan, don't, dont, not`)

/** What a negation with one of these words means: `ga tau`, `tidak usah`; written together too (`gatau`). */
export const NEGATED: Readonly<Partial<Record<Intent, readonly string[]>>> = {
  cancel: list('jadi, jd, sido, sios'),
  'dont-know': list(`
    tau, tahu, taw, tw, tao, ngerti apa, weruh, ngertos, nyaho, terang, uning, ingat, inget, eling, know, remember`),
  help: list('paham, faham, mengerti, ngerti, mudeng, ngarti, jelas, understand, get it'),
  no: list(`
    usah, perlu, prlu, mau, mw, butuh, punya, minat, tertarik, gelem, kersa, hoyong, bersedia, setuju, boleh, bisa, bs,
    ada, dulu, iya, suka, want, yet, now thanks`),
  fine: list('papa, apa, pa, popo, nopo, masalah, problem'),
  maybe: list('yakin, pasti, sure, tentu'),
  later: list('sekarang, skrg, skrang, sempat, sempet, now, siap'),
}

/** Phrases of each intent. No phrase may stand under two intents; the matching refuses to load then. */
export const PHRASES: Readonly<Record<Exclude<Intent, 'urgent'>, readonly string[]>> = {
  yes: list(`
    ya, y, iya, iyah, yes, iye, yah, yha, ye, yep, yup, yap, yoi, yo, yuk, yok, iyo, iyolah, ho oh, hooh, heeh, he eh,
    ehe,
    ok, oke, okeh, okay, okey, oki, okie, oc, oce, sip, siap, siyap, boleh, bole, blh, bolehlah, setuju, stuju, stj,
    se7, setju, sepakat, cocok,
    mau, mw, maw, mau banget, pengen, pingin, ingin, ikut, ikutan, lanjut, lanjutkan, lanjutin, lnjt, gas, gaskeun,
    gasken, gaskan, hayu, hayuk, ayo, ayuk, ayok, kuy, cus, cuss,
    boleh juga, sok, yo wis, yowis, yo wes, yowes, nggeh pun, nggih pun, enggeh, simpan, disimpan, save, ada, punya,
    betul, benar, bener, bnr, btul, betul sekali, tul, tepat, sudah, udah, sdh, udh, dah, sampun, bisa, bs, pasti,
    tentu, tentu saja, jelas, tentunya, silakan, silahkan, jadi,
    ya sudah, ya udah, yaudah, yasudah, baik, baiklah, bersedia, mantap, mantab, gpl, monggo, sae,
    nggih, inggih, enggih, nggeh, ngge, ngih, njih, injih, nggih leres, leres, muhun, sumuhun, heueuh, enya, gelem,
    purun, kersa, jadih, tuku,
    yeah, yea, ya please, yes please, sure, correct, right, agree, agreed, of course, alright, all right, fine by me,
    continue, go on, that's right, i do, 👍, ✅`),
  no: list(`
    tidak mau lagi, idak, emoh, moh, wegah, ogah, males, malas, alim, embung, ulah, tidak terima lebih baik tidak, mendingan
    nggak, jangan dulu,
    tara, trada, tra, sonde, n, no, nope, nay, no thanks, no thank you, never, disagree, 👎, ❌`),
  maybe: list(`
    insyaallah, insya allah, insyallah, inshaallah, insha allah, inshallah, insaallah, in syaa allah, insyaa allah,
    insya alloh, isyaallah, mungkin, mgkn, mngkn, mungkin saja, mungkin ya,
    barangkali, bisa jadi, lihat nanti, liat nanti, lihat dulu, liat dulu, lihat besok, pikir dulu, mikir dulu,
    pikirkan dulu, dipikir dulu, tak pikir dulu,
    ragu, masih ragu, bimbang, tergantung, terserah, terserah saja, trserah, gimana nanti, bagaimana nanti, semoga,
    mudah mudahan, menawi, manawi, maybe, perhaps, it depends`),
  fine: list(`
    gapapa, gpp, gapapalah, nggakpapa, gakpapa, ngapapa, rapopo, ora opo, mboten nopo, teu nanaon, santai, santuy,
    no problem, np, never mind it`),
  cancel: list(`
    batal, btal, batalin, batalkan, dibatalkan, dibatalin, mau batal, minta batal, cancel, cancle, kensel, kansel,
    gajadi, udahan, sudahan, sudahi, udahin, sudah cukup, udah cukup, cukup, cukup sekian,
    sudah dulu, udah dulu, sampai sini dulu, sampai di sini, lupakan, lupain, abaikan, urung, wurung, tutup, tutup
    saja, abort, quit, exit, cancel it, never mind, nevermind, forget it`),
  stop: list(`
    stop, setop, berhenti, brhenti, mau berhenti, berenti, brenti, hentikan, henti, berhentikan, jangan kirim lagi,
    jangan kirim pesan lagi, jangan kirimi saya lagi, berhenti langganan, stop tips, berhenti tips,
    berhenti kirim tips, stop kirim tips, keluar, mandeg, mandek, lereh, eureun, liren, unsubscribe, stop it, please
    stop, hapus, delete`),
  back: list(`
    kembali, kmbali, kembli, balik, balik lagi, mundur, sebelumnya, sblmnya, ke sebelumnya, kembali ke sebelumnya,
    pertanyaan sebelumnya, ke belakang, salah, slh, ada yang salah, tadi salah, yang tadi salah, salah ketik,
    salah tulis, salah pencet, salah pilih, salah isi, salah jawab, salah input, eh salah, keliru, kleru, klentu,
    lepat, typo, ralat, koreksi, betulkan, benerin, perbaiki, ubah, mau ubah, rubah, ganti, mau ganti, ubah jawaban,
    ganti jawaban, edit,
    back, go back, previous, undo, wrong, my mistake, mistake`),
  skip: list(`
    lewat, lewati, lewatin, lwt, lwti, lwat, lwati, lewat saja, lewati saja, lompat, lompati, lompatin, loncat,
    loncati, skip, skp, selanjutnya, berikutnya, next, kosongkan, kosongin, kosongi, dikosongkan, langkahi, pass, skip
    it`),
  later: list(`
    nanti, nnti, nti, nnt, ntar, entar, tar, nanti saja, nanti dulu, nanti lagi, besok saja, besok lagi, lain kali,
    lain waktu, kapan kapan, kapan hari, sebentar, bentar, bntr, sebentar lagi, tunggu, tunggu dulu, tunggu sebentar,
    tunggu bentar,
    sibuk, lagi sibuk, masih sibuk, lagi repot, repot, sedang sibuk, lagi di jalan, lagi jualan, mengko, mengko wae,
    mangke, engke, engke deui, ke heula, engke heula, sakedap, sekedap, beko, nyanan, kela, later, maybe later, wait,
    not right now, busy`),
  'dont-know': list(`
    gtw, gatw, gatau, gtau, kurang tahu, kurang tau, kurang ingat, krg tau, lupa, lpa, lali, poho, kesupen, hilap,
    entah, entahlah, ntah, tau ah, tauk, mana saya tahu, embuh, mbuh, mbuhlah, duka teuing, teuing, kirang terang,
    kirang uninga, ndak ngerti aku,
    ora ngerti, ra ngerti, mboten ngertos, mboten mangertos, ambo indak tau, idk, dunno, no idea, unknown, forgot, i
    forgot`),
  help: list(`
    tolong, tlg, tlong, tolongin, tulung, tulungan, bantu, bntu, bantuin, bantu saya, bantuan, minta bantuan, butuh
    bantuan, minta tolong, mohon bantuan, mohon bantu, tolong bantu, tolong bantuannya, bingung, bingun, bngung,
    binun, masih bingung, puyeng, lieur, mumet, pusing,
    maksudnya, mksdnya, maksudnya apa, maksudnya gimana, maksudnya bagaimana, apa maksudnya, maksud nya, maksud,
    maksudnya yang mana, apa itu, itu apa, artinya apa, apa artinya, apaan, gimana, gmn, gmna, gimna, bagaimana, bgmn,
    piye, kumaha, kepiye, pripun, baa, gimana caranya, bagaimana caranya, caranya gimana, cara nya,
    caranya, caranya bagaimana, gimana ini, ini gimana, terus gimana, trus gimana, kurang paham, kurang faham, kurang
    ngerti, kurang mengerti, kurang jelas, krg paham, susah, sulit, sukar, kenapa, knp, knapa, ngapa, mengapa, why,
    contoh, contohnya, contohnya apa, contohnya gimana, minta contoh, misalnya, misalnya apa, jelaskan, jelasin,
    tolong jelaskan, panduan,
    mau tanya, mau nanya, tanya, nanya, ada yang bisa dibantu, apa ini, ini apa, harus apa, harus gimana, help, help
    me, confused, i am confused, what, what do you mean, how, example, what is this`),
  thanks: list(`
    makasih, mksh, mksih, mkasih, maksih, makasi, mksi, mkasi, kasih, terima kasih, terimakasih, trima kasih,
    trimakasih, terimakasi, terima kasi, trmksh, trimksh, trmkasih, tks, tx, trims, trim, tq, ty, thx, thanx, thanks,
    thank you, thankyou, thank u, makasih banyak, terima kasih banyak,
    makasih atas bantuannya, terima kasih atas bantuannya, terima kasih bantuannya, makasih bantuannya, terima kasih
    infonya, makasih infonya, terima kasih sebelumnya, makasih sebelumnya, tengkyu, tengkiu, tenkyu, suwun, nuwun,
    matur nuwun, maturnuwun, matur suwun, suwun sanget, matur nuwun sanget, kesuwun,
    nuhun, hatur nuhun, haturnuhun, nuhun pisan, suksma, matur suksma, matur sukseme, sukseme, tarimo kasih,
    tarimokasih, tarimo kasi, mauliate, jazakallah, jazakallah khair, jazakillah, syukron, thanks a lot, thank you so
    much, thank you very much, many thanks`),
  greet: list(`
    halo, hallo, helo, hello, hai, hi, hay, hei, hey, alo, assalamualaikum, asalamualaikum, assalamu alaikum, asalamu
    alaikum, aslmkm, asslmkm, assalamu'alaikum, ass, asw, aslm, askum, samlikum,
    samlekum, mikum, assalam, salam, salam kenal, pagi, siang, sore, malam, malem, selamat pagi, selamat siang,
    selamat sore, selamat malam, slmt pagi, slmt siang, slmt sore, slmt malam, met pagi, met siang, met sore, met
    malam, permisi, prmisi, misi, punten, sampurasun, sampura sun, kulo nuwun, kulonuwun, nuwun sewu,
    om swastiastu, om suastiastu, swastiastu, shalom, syalom, salom, horas, apa kabar, apa kbr, halo apa kabar, p,
    ping, pp, tes, test, testing, good morning, good afternoon, good evening, how are you, sugeng enjing, sugeng
    siang, sugeng sonten, sugeng dalu, wilujeng enjing, wilujeng siang, wilujeng sonten, wilujeng wengi, rahajeng
    semeng`),
  menu: list(`
    menu, mnu, menunya, menu utama, ke menu, ke menu utama, kembali ke menu, balik ke menu, kembali ke menu utama,
    lihat menu, tampilkan menu, beranda, ke beranda, home, ke awal, kembali ke awal, halaman utama, mulai, mulai lagi,
    start, main menu, show menu, pilihannya apa, bisa apa saja, ada apa saja`),
  register: list(`
    daftar, dftar, dftr, mendaftar, daftarin, daftarkan, mau daftar, mau mendaftar, ingin daftar, ingin mendaftar,
    minta didaftarkan, didaftarkan, daftar usaha, daftarkan usaha, daftarkan usaha saya, mau daftar usaha, daftar
    umkm, daftar klinik, daftar anggota, daftar jadi anggota, mau jadi anggota, jadi anggota, daftar baru, daftar
    sekarang,
    cara daftar, cara mendaftar, cara daftarnya, cara daftarnya gimana, gimana cara daftar, gimana daftarnya, gimana
    cara daftarnya, bagaimana cara daftar, bagaimana cara mendaftar, daftarnya gimana, pendaftaran, registrasi, regis,
    reg, gabung, mau gabung, ingin gabung, bergabung, mau bergabung, ndaftar, arep daftar, arep ndaftar, bade daftar,
    hoyong daftar, sign up, signup, register, join, i want to register, i want to join`),
  'data-see': list(`
    data saya, datasaya, lihat data saya, lihat data, liat data, liat data saya, lihat datasaya, cek data, cek data
    saya, minta data saya, minta data, data ku, dataku, data aku, tampilkan data saya, data apa saja yang disimpan,
    data saya apa saja, data saya yang disimpan apa saja, unduh data saya, download data saya, salinan data saya, my
    data, show my data, see my data`),
  'data-change': list(`
    ubah data, ubahdata, ubah data saya, rubah data, rubah data saya, ganti data, ganti data saya, edit data, edit
    data saya, ralat data, ralat data saya, perbaiki data, perbaiki data saya, betulkan data, betulkan data saya,
    benerin data, koreksi data, koreksi data saya, perbarui data, update data, update data saya,
    data saya salah, data salah, datanya salah, mau ubah data, mau ganti data, ubah profil, edit profil, ganti profil,
    ubah profil saya, ganti nomor, ganti nomor hp, ganti no hp, ubah nomor hp, ganti nama, ubah nama, ganti nama
    usaha, ubah nama usaha, cabut izin, cabut persetujuan, tarik izin, tarik persetujuan, change my data, edit my data, correct my data`),
  'data-erase': list(`
    hapus data, hapusdata, hapus data saya, hapuskan data saya, hapus semua data, hapus semua data saya, hapus semua,
    mau hapus data, mau hapus data saya, minta hapus data, minta data dihapus, minta data saya dihapus, data saya
    dihapus, data saya dihapus saja, hilangkan data saya, hapus akun, hapus akun saya, hapus profil, hapus profil
    saya, delete my data, erase my data, delete my account, delete account, delete data, remove my data`),
  leave: list(`
    keluar klinik, keluar dari klinik, mau keluar klinik, mau keluar dari klinik, mau keluar, ingin keluar, tidak mau
    ikut lagi, ga mau ikut lagi, gak mau ikut lagi, nggak mau ikut lagi, berhenti jadi anggota, berhenti ikut,
    berhenti ikut klinik, berhenti dari klinik, mundur dari klinik, keluar keanggotaan, unreg, leave, leave clinic, leave the clinic`),
}

/** Words that may stand around an intent without changing it. */
export const AROUND: ReadonlySet<string> = new Set(
  list(`saya, sy, syaa, aku, ak, gue, gua, gw, kita, kami, ane, abdi, kulo, kula, ambo, awak, titiang, i, i'm, me,
  please, pls, saja, aja, aj, ae, wae, bae, dulu, dl, dlu, itu, ini, banget, bgt, sekali, skli, sangat, pisan, sanget,
    maaf, maap, mf, sorry, mohon, eh, oh, ah, hmm, hm, wah, waduh, aduh, duh, nah, wkwk, hehe, haha, tapi, tp, terus,
    trus, dan, lagi, lg, kalau, kalo, gitu, begitu, semua, semuanya, klinik, nya, e, the, for, then, bot, wr, wb,
    warahmatullah, warahmatullahi, wabarakatuh, kan, ta, to, tho, mah, euy, tuh, sekarang`),
)

function list(words: string): readonly string[] {
  return words.split(',').map((word) => word.trim())
}
