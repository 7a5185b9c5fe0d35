### Palavras para as pessoas: simples, curtas, para ler no celular.

## a página: de onde vem o arquivo, exemplos, medições, sobre

page-source = Recebeu um áudio? Traga o arquivo
page-source_why = Não grave um áudio enquanto ele toca no alto-falante: no caminho pelo ar se perdem os sinais que procuro, e a resposta já não vale. Grave só quem fala perto de você. De um áudio que você recebeu, pegue o próprio arquivo:
page-source_whatsapp_android = WhatsApp no Android
page-source_whatsapp_android_how = Segure o dedo no áudio, toque em Compartilhar e salve em Arquivos ou no Drive. Depois escolha-o aqui.
page-source_whatsapp_iphone = WhatsApp no iPhone
page-source_whatsapp_iphone_how = Segure o dedo no áudio, toque em Encaminhar, depois no ícone de compartilhar e em Salvar em Arquivos.
page-source_whatsapp_web = WhatsApp no computador
page-source_whatsapp_web_how = Abra o menu do áudio (a setinha no canto), escolha Baixar e solte o arquivo aqui.
page-source_telegram = Telegram
page-source_telegram_how = No computador: botão direito no áudio, Salvar como. No celular: toque no áudio e segure, e salve-o ou compartilhe-o com Arquivos.
page-source_signal = Signal
page-source_signal_how = Segure o dedo no áudio e toque em Salvar; no iPhone, em Compartilhar e Salvar em Arquivos.
page-source_iphone = Gravador do iPhone
page-source_iphone_how = Abra a gravação, toque nos três pontos, em Compartilhar e em Salvar em Arquivos.
page-source_android = Gravador do Android
page-source_android_how = Aqui, toque em Escolher arquivos: as gravações costumam estar em Áudio ou em Recordings.
page-source_names = Os nomes mudam um pouco de um aparelho para outro.
page-examples_lead = Quatro áudios de exemplo. Escolhi áudios em que a resposta sai clara; nem sempre é assim.
page-examples_check = Conferir este
page-accuracy_lead = O que foi medido com este modelo: de cada 100 gravações, quantas acertei, em quantas não soube dizer e em quantas errei.
page-accuracy_people = Áudios de pessoas
page-accuracy_machines = Áudios de máquina
page-accuracy_right = acertei
page-accuracy_unsure = não soube dizer
page-accuracy_wrong = errei
page-accuracy_clips = gravações
page-accuracy_few = poucas demais
page-accuracy_unknown = O que não sabemos
page-accuracy_unknown_text = Canto, crianças, sotaques fortes e várias pessoas ao mesmo tempo não foram testados, nem as máquinas que surgiram depois. Quase todas as gravações do teste são curtas, de poucos segundos. Chamadas de vídeo e áudios que já passaram por vários aplicativos não foram medidos.
page-about_how = Como funciona
page-about_how_text = O som vira um espectrograma, uma imagem em que se vê cada frequência ao longo do tempo. Uma rede neural treinada com vozes de pessoas e de máquinas procura nele as marcas que as máquinas deixam, e outra parte escuta a fala em si. Cada trecho de poucos segundos recebe uma nota; juntas elas dão a resposta. Se a nota fica no meio, ou se há barulho, música ou vozes demais, digo que não dá para dizer.
page-about_limits = Limites
page-about_limits_text = Nenhuma resposta é prova. Não serve para acusar, contratar nem julgar ninguém. Todo dia surge uma máquina nova, e qualquer uma pode me enganar; e há pessoas que eu chamo de máquina por engano. Contra golpes com voz clonada, o melhor continua sendo desligar e ligar para a pessoa no número que você já conhecia.
page-about_privacy = Privacidade
page-about_privacy_text = O áudio vai só para o computador em que esta página roda. Lá ele é ouvido e esquecido: nem o som nem a resposta ficam guardados. Se você escolher conferir neste aparelho, o áudio não é enviado: o navegador baixa a rede neural uma vez, ouve sozinho e, dali em diante, não pergunta nada ao servidor. Neste navegador, arquivos e respostas ficam até você apagar, para que recarregar a página não leve nada embora; o idioma que você escolhe fica num cookie. Não há contas, anúncios nem rastreadores, e a página não busca nada em outros sites.
page-about_study = De onde vem
page-about_study_text = O Ouvido nasceu de um estudo que treinou uma rede neural com imagens de vozes em português, humanas e clonadas. É um programa livre: quem quiser pode rodar o seu, ler como é feito e repetir as medições.
