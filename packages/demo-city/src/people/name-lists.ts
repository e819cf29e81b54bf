import type { Sex } from '@satuanak/contracts'

type BySex = Readonly<Record<Sex, readonly string[]>>
const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Common first; the lists are ours, put together for this generator. */
export const JAVANESE_FIRST: BySex = {
  L: words(`Bayu Dimas Agus Rizky Andi Eko Budi Joko Bagus Aditya Arif Wahyu Galih Tri Dwi Hendra Rangga Yoga Fajar
    Gilang Ilham Dani Surya Satria Adi Bambang Teguh Yudi Nanda Reza Panji Aji Bima Damar Guntur Hari Indra Jati Kresna
    Lintang Mahendra Nugraha Prasetya Raka Seno Tegar Utomo Wisnu Yanuar Zaki Danang Heru Ardi Cahya Doni Edi Krisna`),
  P: words(`Dewi Sri Putri Ayu Rina Wulan Ratna Dian Tri Dwi Indah Fitri Lestari Nita Sari Yuni Eka Endang Intan
    Kartika Laras Maya Novi Puspita Retno Sekar Tuti Wahyu Yanti Anisa Bunga Citra Desi Erna Gita Hesti Ika Jihan
    Kirana Lina Mega Nanda Okta Rahayu Safira Tiara Utami Vina Winda Yulia Asih Cahya Diah Galuh Murni Niken Rini`),
}

export const JAVANESE_LAST: BySex = {
  L: words(`Saputra Setiawan Pratama Prasetyo Nugroho Wibowo Santoso Kurniawan Hidayat Susanto Purnomo Wijaya
    Ramadhan Firmansyah Setyawan Handoko Utomo Widodo Riyanto Kusuma Permana Suryanto Gunawan Sasongko Wicaksono
    Mahardika Subagyo Haryanto Budiman Laksono Pamungkas Hermawan Sulistyo Anggoro Maulana Wardana Sudrajat Yulianto
    Adinata Cahyono Darmawan Efendi Hartono Irawan Juniarto Kuncoro Mulyono Nurcahyo Priyono Rahardjo Sudibyo`),
  P: words(`Lestari Rahayu Wulandari Puspitasari Wahyuni Safitri Handayani Kusumawati Astuti Anggraini Pratiwi
    Utami Setyaningsih Permatasari Widyastuti Maharani Ningsih Suryani Hapsari Setiawati Oktaviani Ramadhani
    Kurniasih Damayanti Susanti Novitasari Mulyani Purwanti Sulistyowati Nuraini Hidayati Fitriani Aprilia Kartikasari
    Larasati Rosdiana Sukmawati Tristanti Wijayanti Yuliana Cahyani Dwiyanti Ernawati Febriyanti Indriani`),
}

export const ARAB_FIRST: BySex = {
  L: words(`Muhammad Ahmad Muhammad Abdul Mohamad Moh. Muh. Moch. M. Ali Umar Zainal Nur Khoirul Saiful Syamsul
    Miftahul Fathul Bahrul Hasan Husein Ibrahim Ismail Yusuf Zidan Hafidz Luthfi Faiz Naufal Rafi Akbar Achmad Mohammad`),
  P: words(`Siti Nur Siti Aisyah Khoirun Nurul Fatimah Zahra Umi Laila Ulfa Naila Salma Najwa Syifa Aulia Rahma
    Hanifah Maryam Khadijah Ainun Lailatul Rizqi Alfi Dina Faridatul Hikmatul Inayatul Kholifatul Lutfiana Zulfa`),
}

export const ARAB_MIDDLE: BySex = {
  L: words(`Rizqi Fadhil Faisal Ridwan Anwar Hakim Rahman Aziz Ghofur Rofiq Syarif Mujib Basith Karim Latif Malik
    Nashir Qodir Rasyid Salam Wahid Zaki Arifin Maulana Fauzi Hidayatullah Ilyas Jamal Khoiri Mubarok Nafis Syafiq
    Taufiq Ubaidillah Wildan Yazid Zuhri Amin Burhan Daffa`),
  P: words(`Aisyah Aminah Khasanah Fadhilah Hidayah Janah Kamilah Latifah Maghfiroh Nisa Qonitah Rohmah Sholihah
    Uswatun Wardah Zahro Azizah Badriyah Chasanah Fauziyah Habibah Inayah Khumairoh Lailiyah Mufidah Naimah Rizqiyah
    Salsabila Tsania Ulya Wafa Zakiyah Amalia Farida Hasanah Izzah Kholisoh Mardhiyah Nafisah`),
}

export const ARAB_LAST: BySex = {
  L: words(`Maulana Ramadhan Abidin Hakim Alfarizi Assegaf Habibi Al-Ghifari Baihaqi Syahputra Zulkarnain Ardiansyah
    Firdaus Haris Kamil Mustofa Nawawi Qomaruddin Romadhon Sulaiman Tamimi Wahyudi Yahya Zamzami`),
  P: words(`Ramadhani Azzahra Putri Salsabila Maulida Khoirunnisa Nabila Aulia Fitriyah Syahputri Humaira Kamila
    Lathifah Munawaroh Nuraini Oktaviana Qurrotaayun Rahmawati Syafitri Tazkia Wardani Yasmin Zahira`),
}

export const WESTERN: BySex = {
  L: words(`Kevin Michael Jonathan Steven Andreas Christian Daniel Edward Felix Gilbert Hendry Jason Kenneth Leonardo
    Marvin Nicholas Oscar Raymond Samuel Timothy Vincent William Yohanes Alvin Bryan Calvin`),
  P: words(`Jessica Felicia Angelina Christine Stefani Cynthia Evelyn Fiona Grace Irene Jennifer Karen Livia Michelle
    Natalia Olivia Priscilla Rachel Shella Tiffany Vanessa Yolanda Agnes Beatrice Clarissa`),
}

export const SURNAMES = words(`Wijaya Hartanto Gunawan Santoso Halim Tanoto Kusuma Setiawan Lim Tan Sutanto Liem
  Susilo Hartono Widjaja Oei Wibisono Tanujaya Handoyo Sugiarto Budiono Kwee Salim Pranoto Chandra`)

export const SINGLE: BySex = {
  L: words(`Slamet Sutrisno Suparman Wahyudi Kasmuri Sugeng Supardi Mulyadi Paiman Sukirno Turyono Rohmat Karyadi
    Warsito Tasrip Sodikin Nurohman Casmadi Daryono Rusmanto Kusnadi Tarmuji Waluyo Sumarno Ponijan Abdurrohman`),
  P: words(`Suharti Sumiati Kasiyah Tumini Rumiyati Sutinah Waryuni Karsinah Daryati Kustiah Mutmainah Rohmah Sukinah
    Turinah Warsiti Casmirah Umiyati Suwarti Nurjanah Khotijah Murtiah Solekhah Tarwiyah Sarinah Ponirah Juminten`),
}
